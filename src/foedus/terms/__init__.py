"""Words everything else is said in: dates, states, attribution. Knows neither charter nor record."""
