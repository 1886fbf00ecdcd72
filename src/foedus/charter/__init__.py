"""The charter: instruments as literate Markdown, their rules as typed data, each in force for a period."""
