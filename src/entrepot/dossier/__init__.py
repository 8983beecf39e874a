"""What leaves: dossiers, charts, exports."""
