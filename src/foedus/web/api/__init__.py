"""The programming interface: the questions of the command line, the register and its log, over HTTP. OpenAPI 3.1."""
