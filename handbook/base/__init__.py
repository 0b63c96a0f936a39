"""What every package stands on: errors, paths, whole files, components, labels. Knows nothing of the rest."""
