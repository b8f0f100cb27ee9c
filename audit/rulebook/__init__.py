"""Rules as packs hold them: YAML files and the tables beside them."""
