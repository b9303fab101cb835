"""Opens collections of an OGC API as layers in QGIS, reads every feature over its pages, and prints what was read as JSON.

    python3 qgis-read.py http://127.0.0.1:8080/ogc alerts tracks ports
"""

import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import Qgis, QgsApplication, QgsVectorLayer  # noqa: E402


def read_layer(base, name, page_size):
    """The number of features, their distinct ids, those with a shape, and the fields, all read through QGIS' own provider."""
    source = f"url='{base}' typename='{name}' pageSize='{page_size}' pagingEnabled='true'"
    layer = QgsVectorLayer(source, name, "OAPIF")
    if not layer.isValid():
        message = layer.error().message() or layer.dataProvider().error().message()
        return {"layer": name, "valid": False, "error": message}
    features = list(layer.getFeatures())
    # The id that a server gives stands in a column of this name, or nowhere: then the features' own numbers must do.
    ids = {feature["id"] if "id" in layer.fields().names() else feature.id() for feature in features}
    return {
        "layer": name,
        "valid": True,
        "crs": layer.crs().authid(),
        "features": len(features),
        "ids": len(ids),
        "shapes": sum(1 for feature in features if not feature.geometry().isNull()),
        "fields": [field.name() for field in layer.fields()],
    }


def main():
    base, *names = sys.argv[1:]
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    try:
        layers = [read_layer(base, name, 7 if name == "tracks" else 40) for name in names]
        print(json.dumps({"version": Qgis.QGIS_VERSION, "layers": layers}))
    finally:
        application.exitQgis()


main()
