"""The engine for sources that a manifest describes: reading manifests, asking, mapping, writing back."""
