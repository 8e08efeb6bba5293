"""Data sets of Python packages and of Weka: as they are, and written as NumPy, SciPy and pandas write them.

Usage: collect.py <folder>
"""
import glob
import gzip
import os
import shutil
import sys

import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse
import sklearn.datasets

out = sys.argv[1]


def place(kind):
    folder = os.path.join(out, kind)
    os.makedirs(folder, exist_ok=True)
    return folder


def copy(kind, pattern, most=20, name=os.path.basename):
    for path in sorted(glob.glob(pattern, recursive=True))[:most]:
        shutil.copyfile(path, os.path.join(place(kind), name(path)))


packages = next(path for path in sys.path if os.path.isdir(os.path.join(path, "sklearn")))
copy("weka-arff", "/usr/share/doc/weka/examples/*.arff", 30)
copy("openml-arff-gz", f"{packages}/sklearn/datasets/tests/data/openml/*/*.arff.gz", 12,
     lambda path: os.path.basename(os.path.dirname(path)) + ".arff.gz")
copy("statsmodels-csv", f"{packages}/statsmodels/datasets/*/*.csv", 40)
copy("vega-csv", f"{packages}/vega_datasets/_data/*.csv")
copy("vega-json", f"{packages}/vega_datasets/_data/*.json")
copy("libsvm", f"{packages}/sklearn/datasets/tests/data/svmlight_classification.txt")

loaders = ("iris", "wine", "breast_cancer", "diabetes", "digits", "linnerud")
for name in loaders:
    bunch = getattr(sklearn.datasets, f"load_{name}")(as_frame=False)
    x, y = np.asarray(bunch.data, dtype=float), np.asarray(bunch.target)
    np.save(os.path.join(place("npy"), f"{name}.npy"), x)
    np.savetxt(os.path.join(place("savetxt"), f"{name}.txt"), x)
    if y.ndim == 1:
        np.savez(os.path.join(place("npz"), f"{name}.npz"), x_train=x, y_train=y)
        scipy.io.savemat(os.path.join(place("matlab"), f"{name}.mat"), {"x": x, "labels": y})
        sklearn.datasets.dump_svmlight_file(x, y, os.path.join(place("libsvm"), f"{name}.svm"), zero_based=False)
    else:
        scipy.io.savemat(os.path.join(place("matlab"), f"{name}.mat"), {"x": x})
    sparse = scipy.sparse.coo_matrix(np.round(x * (np.abs(x) > np.median(np.abs(x))), 3))
    scipy.io.mmwrite(os.path.join(place("matrix-market"), f"{name}.mtx"), sparse)
    scipy.sparse.save_npz(os.path.join(place("scipy-npz"), f"{name}.npz"), sparse.tocsr())

for path in sorted(glob.glob(f"{packages}/statsmodels/datasets/*/*.csv"))[::5]:
    stem = os.path.basename(path)[:-4]
    data = pd.read_csv(path)
    if data.shape[1] < 2:
        continue
    data.to_csv(os.path.join(place("pandas-csv-index"), f"{stem}.csv"))
    data.to_json(os.path.join(place("pandas-json-columns"), f"{stem}.json"))
    data.to_json(os.path.join(place("pandas-json-split"), f"{stem}.json"), orient="split")
    data.to_excel(os.path.join(place("pandas-xlsx"), f"{stem}.xlsx"), index=False)
    data.to_excel(os.path.join(place("pandas-ods"), f"{stem}.ods"), index=False, engine="odf") if len(data) < 500 else None
