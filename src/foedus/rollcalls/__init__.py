"""Roll calls from outside: tables of who cast what, in columns beside the record. Knows no charter, no record, no file."""
