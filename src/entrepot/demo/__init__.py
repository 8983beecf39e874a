"""The bundled case: synthetic shipments with an answer key, beside small parts of real public data."""

from entrepot.demo.big import generate_big
from entrepot.demo.files import DataFile, answer_key_file, data_files
from entrepot.demo.generate import KEY_FILE, LIST_FILE, SHIPMENTS_FILE, Synthetic, generate
from entrepot.demo.noise import ORDINARY_NOISE, Noise

__all__ = [
    "KEY_FILE",
    "LIST_FILE",
    "ORDINARY_NOISE",
    "SHIPMENTS_FILE",
    "DataFile",
    "Noise",
    "Synthetic",
    "answer_key_file",
    "data_files",
    "generate",
    "generate_big",
]
