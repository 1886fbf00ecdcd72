"""The geometry of figures: dates in, frozen shapes out. Templates print them; nothing here knows a page."""
