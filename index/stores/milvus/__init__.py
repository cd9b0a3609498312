"""An index on a Milvus server: the only package that knows pymilvus.

rows, records    passages and texts as a server keeps them; filters of integers only; pure
packing          the same as dicts of fields, in batches; pure
connection       address, token and TLS; the server's version; errors in our own words
schema           the collections, their fields and their indexes
requests, texts, searching   what is read and written
publishing       which of the two collections is written and which is served
server           `MilvusServer`: all that the rest of Casebook calls
generations      one published state of it, from which an answer is read
"""
