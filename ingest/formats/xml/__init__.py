"""XML of publishers and libraries: JATS, BMC and MEDLINE, and files that hold several of them."""
