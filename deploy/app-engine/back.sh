#!/usr/bin/env bash
# Gives all traffic back to an earlier version; the database stays as it is, because migrations only add.
# Use: deploy/app-engine/back.sh PROJECT VERSION
set -euo pipefail

project=${1:?"name the Google Cloud project first"}
version=${2:?"name the version to go back to second"}

gcloud app versions list --project="$project" --service=default --sort-by=~last_deployed_time --limit=5
read -r -p "Give all traffic of $project to $version? [y/N] " answer
[ "$answer" = y ] || { echo "Nothing was changed."; exit 1; }
gcloud app services set-traffic default --project="$project" --splits="$version=1" --quiet
