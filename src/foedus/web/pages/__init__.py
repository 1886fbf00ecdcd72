"""What each page says, as frozen values made from the engine's answers. Nothing here knows Django or a template."""
