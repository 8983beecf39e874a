"""Who says what: cues, sources, contents, and the hops behind a source."""
