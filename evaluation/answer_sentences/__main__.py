"""python -m evaluation.answer_sentences: choose the weights of the sentence model, and measure."""

import sys
from pathlib import Path

from evaluation.answer_sentences.examples import load_examples, read_grades
from evaluation.answer_sentences.fitting import cross_validated, fit
from evaluation.answer_sentences.report import measure, to_markdown, to_table
from evaluation.datasets import DatasetError
from evaluation.judged_set import load_judged_set
from evaluation.quality_report import write_results

RESULTS = Path(__file__).parent.parent / "results"
WORK = Path(".casebook") / "evaluation" / "judged"


def main() -> int:
    """Print the weights for `search/answering/weights.py`; write the cross-validated figures."""
    try:
        dataset = load_judged_set()
    except DatasetError as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 1
    examples = load_examples(dataset, read_grades(), WORK)
    values = measure(examples, cross_validated(examples), dataset.strata)
    write_results(RESULTS / "answer-sentences.json", values, to_markdown(values))
    print(to_table(fit(examples)))
    print(to_markdown(values))
    return 0


if __name__ == "__main__":
    sys.exit(main())
