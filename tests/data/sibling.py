"""sibling.py - the make.py of another folder of this one, for folders whose marks are the same

    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    maker = sibling.maker("veil-dev2", HERE)      # reads and writes in HERE
"""
import importlib.util
import pathlib


def maker(folder, here):
    path = pathlib.Path(__file__).parent / folder / "make.py"
    spec = importlib.util.spec_from_file_location(folder.replace("-", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HERE = here
    return module
