#!/bin/sh
# Builds @tensorflow/tfjs-node's binding against the TensorFlow C library that pip's tensorflow-cpu contains, in a folder
# of its own, and runs the runtime's tests on it. Needs Linux on x86-64, python3 with pip and venv, a C++ compiler and 3 GB of disk.
#
#   scripts/runtimes/tensorflow.sh [folder]        default: <temporary folder>/featurescope-tensorflow
set -eu

TFJS_NODE=4.22.0
TENSORFLOW=2.21.0
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-${TMPDIR:-/tmp}/featurescope-tensorflow}
mkdir -p "$folder"
cd "$folder"

[ -f package.json ] || echo '{ "private": true }' > package.json
[ -d node_modules/@tensorflow/tfjs-node ] || npm install --no-audit --no-fund --ignore-scripts --save-exact "@tensorflow/tfjs-node@$TFJS_NODE"

if [ ! -d library/tensorflow ]; then
  python3 -m venv python
  python/bin/pip install --quiet --disable-pip-version-check --no-deps --target library "tensorflow-cpu==$TENSORFLOW"
fi

package="$folder/node_modules/@tensorflow/tfjs-node"
mkdir -p "$package/deps/lib"
ln -sfn "$folder/library/tensorflow/include" "$package/deps/include"
for name in libtensorflow_cc.so.2 libtensorflow_framework.so.2; do
  ln -sf "$folder/library/tensorflow/$name" "$package/deps/lib/$name"
done
ln -sf libtensorflow_cc.so.2 "$package/deps/lib/libtensorflow.so"
ln -sf libtensorflow_framework.so.2 "$package/deps/lib/libtensorflow_framework.so"

if [ ! -f "$package/lib/napi-v8/tfjs_binding.node" ]; then
  # Node's headers, where they stand beside Node; else node-gyp fetches them.
  prefix=$(dirname "$(dirname "$(node -p process.execPath)")")
  headers=
  [ -f "$prefix/include/node/node_api.h" ] && headers="--nodedir=$prefix"
  (cd "$package" && CXXFLAGS="${CXXFLAGS:-} -std=c++17" "$folder/node_modules/.bin/node-pre-gyp" install --build-from-source $headers)
fi

cd "$root"
FEATURESCOPE_RUNTIMES="$folder" FEATURESCOPE_TEST_RUNTIME=tensorflow npx vitest run packages/runtime/test/tfjs packages/runtime/test/repairs packages/runtime/test/process
