"""Reading and encoding on a cluster (Ray), for one writer that publishes as ever.

units      files to the portions that are handed out
pieces     what reading a portion gives, in parts that are encoded and kept together
shards     an encoded piece in the shared folder: a data file, then its manifest
workers    what runs on the cluster's machines: reads units, encodes pieces, writes shards
ray_job    one run of it on Ray; the only file that knows Ray
reader     what a build reads with: hands out, takes finished shards, hands out again
"""
