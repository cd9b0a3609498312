"""What every child of `processes` needs: imported once, before it is forked."""

import numpy
import sentence_transformers
import torch

import index.__main__
import index.build
import index.engines.faiss_engine
import index.verification
import ingest.isolation
import search.service

IMPORTED = (numpy, sentence_transformers, torch, index, ingest, search)
"""Named, so that no import looks unused."""
