"""Reads files with pandas, SciPy and NumPy, and says what their columns hold: one JSON object for each file.

Usage: reference.py <folder>
"""
import gzip
import json
import os
import sqlite3
import sys
import warnings

import numpy as np
import pandas as pd
import scipy.io
import scipy.io.arff
import scipy.sparse
import sklearn.datasets

warnings.simplefilter("ignore")
root = sys.argv[1]


def frame(matrix):
    matrix = np.asarray(matrix.todense() if scipy.sparse.issparse(matrix) else matrix, dtype=float)
    return pd.DataFrame(matrix, columns=[f"column {i + 1}" for i in range(matrix.shape[1])])


def with_label(matrix, label):
    data = frame(matrix)
    data["label"] = np.asarray(label).ravel()
    return data


def arff(path):
    """ARFF by its rules, for SciPy knows no text and no dates: names and declared types above, values below."""
    opened = gzip.open(path, "rt", encoding="latin-1") if path.endswith(".gz") else open(path, encoding="latin-1")
    with opened as file:
        text = file.read()
    try:
        data, meta = scipy.io.arff.loadarff(__import__("io").StringIO(text))
        table = pd.DataFrame(data)
        for name in table.columns:
            if meta[name][0] == "nominal":
                table[name] = table[name].str.decode("utf-8").replace("?", None)
        return table
    except (NotImplementedError, ValueError, StopIteration):
        import csv, re
        names, types, rows, in_data = [], [], [], False
        for line in text.splitlines():
            line = line.strip()
            if not line or line.startswith("%"):
                continue
            found = re.match(r"@attribute\s+('(?:[^'\\]|\\.)*'|\"[^\"]*\"|[^\s{]+)\s*(.*)", line, re.I)
            if found and not in_data:
                names.append(found.group(1).strip("'\""))
                types.append(found.group(2).lower())
            elif line.lower().startswith("@data"):
                in_data = True
            elif in_data:
                rows.append(line)
        quote = "'"
        parsed = csv.reader(rows, quotechar=quote, escapechar="\\", skipinitialspace=True)
        table = pd.DataFrame([[None if cell.strip() == "?" else cell.strip() for cell in row] for row in parsed], columns=names)
        for name, kind in zip(names, types):
            if re.match(r"numeric|real|integer", kind):
                table[name] = pd.to_numeric(table[name])
        return table


def read(kind, path):
    if kind in ("r-csv2",):
        return pd.read_csv(path, sep=";", decimal=",")
    if kind == "r-tsv":
        return pd.read_csv(path, sep="\t")
    if kind == "r-table":
        return pd.read_table(path, sep=" ").reset_index(drop=True)
    if "json" in kind:
        if kind == "r-json-lines":
            return pd.read_json(path, lines=True, convert_dates=False)
        if kind == "pandas-json-split":
            return pd.read_json(path, orient="split", convert_dates=False)
        return pd.read_json(path, convert_dates=False)
    if "xlsx" in kind or "ods" in kind:
        return pd.read_excel(path, engine="odf" if path.endswith(".ods") else "openpyxl")
    if kind == "r-sqlite":
        return pd.read_sql("select * from data", sqlite3.connect(path))
    if "arff" in kind:
        return arff(path)
    if kind == "npy":
        return frame(np.load(path))
    if kind == "npz":
        arrays = np.load(path)
        return with_label(arrays["x_train"], arrays["y_train"])
    if kind == "matlab":
        stored = scipy.io.loadmat(path)
        return with_label(stored["x"], stored["labels"]) if "labels" in stored else frame(stored["x"])
    if kind == "libsvm":
        x, y = sklearn.datasets.load_svmlight_file(path)
        return with_label(x, y)
    if kind == "matrix-market":
        return frame(scipy.io.mmread(path))
    if kind == "scipy-npz":
        return frame(scipy.sparse.load_npz(path))
    if kind == "savetxt":
        return frame(np.loadtxt(path))
    if kind == "statsmodels-csv":
        return separated(path)
    return pd.read_csv(path)


def separated(path):
    """The files of statsmodels have several separators, and one has no names."""
    with open(path, encoding="latin-1") as file:
        first = file.readline()
    marks = {"\t": "\t", ";": ";", ",": ","}
    separator = next((mark for mark in marks if mark in first), r"\s+")
    if first[0] in "-0123456789":
        table = pd.read_csv(path, sep=separator, header=None)
        return table.rename(columns=lambda i: f"column {i + 1}")
    return pd.read_csv(path, sep=separator, quoting=3 if separator == r"\s+" else 0)


def facts(name, column):
    missing = column.isna()
    known = column[~missing]
    fact = {"name": str(name), "missing": int(missing.sum()), "values": int(known.astype(str).nunique())}
    if pd.api.types.is_bool_dtype(column) or (len(known) and known.map(lambda value: isinstance(value, (bool, np.bool_))).all()):
        return fact | {"kind": "number", "mean": float(known.astype(float).mean())}
    if pd.api.types.is_numeric_dtype(column):
        finite = known[np.isfinite(known.astype(float))]
        fact["missing"] += len(known) - len(finite)
        return fact | {"kind": "number", "mean": float(finite.mean()) if len(finite) else None}
    dates = None
    if len(known) and known.astype(str).str.match(r"^\d{4}[-/]\d\d[-/]\d\d|^\d{1,2}[-/](\d{1,2}|[A-Z][a-z]{2})[-/]\d{2,4}|^[A-Z][a-z]{2}[- ]\d{1,2},?[- ]\d{4}|^\d{4}[- ]?Q[1-4]$").all():
        dates = pd.to_datetime(known, errors="coerce", utc=True, dayfirst=False)
    if dates is not None and dates.notna().all():
        days = (dates - pd.Timestamp("1970-01-01", tz="UTC")) / pd.Timedelta(days=1)
        return fact | {"kind": "date", "mean": float(days.mean())}
    return fact | {"kind": "word", "mean": None}


for kind in sorted(os.listdir(root)):
    for file in sorted(os.listdir(os.path.join(root, kind))):
        path = os.path.join(root, kind, file)
        try:
            table = read(kind, path)
            row = {"rows": len(table), "columns": [facts(name, table[name] if list(table.columns).count(name) == 1 else table.iloc[:, i]) for i, name in enumerate(table.columns)]}
        except Exception as error:
            row = {"error": f"{type(error).__name__}: {error}"[:200]}
        print(json.dumps({"kind": kind, "file": file} | row))
