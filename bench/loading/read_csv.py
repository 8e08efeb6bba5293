"""Reads a CSV of zeros and ones with one of Python's readers: python3 read_csv.py <reader> <file>. Prints one JSON line."""
import json
import resource
import sys
import time


def numpy_loadtxt(path):
    import numpy

    return numpy.loadtxt(path, dtype="u1", delimiter=",")


def numpy_fromstring(path):
    """All numbers of a text that has a comma after each."""
    import numpy

    with open(path, "rb") as file:
        first = file.readline()
        text = first + file.read()
    columns = first.count(b",") + 1
    return numpy.fromstring(text.replace(b"\n", b","), dtype="u1", sep=",").reshape(-1, columns)


def pandas_read_csv(path):
    import pandas

    return pandas.read_csv(path, header=None, dtype="u1").to_numpy()


def csv_reader(path):
    import csv

    import numpy

    with open(path, newline="") as file:
        rows = [bytes(map(int, row)) for row in csv.reader(file)]
    return numpy.frombuffer(b"".join(rows), dtype="u1").reshape(len(rows), -1)


READERS = {
    "numpy.loadtxt": numpy_loadtxt,
    "numpy.fromstring": numpy_fromstring,
    "pandas.read_csv": pandas_read_csv,
    "csv.reader": csv_reader,
}

reader = READERS[sys.argv[1]]
__import__(sys.argv[1].split(".")[0])
began, computed = time.perf_counter(), time.process_time()
table = reader(sys.argv[2])
seconds, processor_seconds = time.perf_counter() - began, time.process_time() - computed
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "processorSeconds": processor_seconds, "rows": table.shape[0], "columns": table.shape[1], "ones": int(table.sum()), "peakMebibytes": peak}))
