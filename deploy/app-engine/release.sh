#!/usr/bin/env bash
# Brings a version to App Engine: migration first, then the version without traffic, its /ready, and only then the traffic.
# Use: deploy/app-engine/release.sh PROJECT VERSION   (with DATABASE_URL through the Cloud SQL Auth Proxy)
set -euo pipefail
cd "$(dirname "$0")/../.."

project=${1:?"name the Google Cloud project first"}
version=${2:?"name the version second, such as v2026-12-01"}
: "${DATABASE_URL:?"set it to the database, through the Cloud SQL Auth Proxy (runbook, section 7)"}"

ask() {
  read -r -p "$1 [y/N] " answer
  [ "$answer" = y ] || { echo "Stopped; nothing more was changed."; exit 1; }
}

ask "Bring the database of $project up to date?"
CHAT_AUDIENCE=https://example.invalid/chat/events REPORT_KEYS=not-used-here .venv/bin/protocolbot migrate

ask "Upload version $version to $project, without traffic?"
gcloud app deploy app.yaml --project="$project" --version="$version" --no-promote --quiet

host=$(gcloud app describe --project="$project" --format='value(defaultHostname)')
address="https://$version-dot-$host/ready"
echo "Asking $address"
curl --fail --silent --show-error --retry 5 --retry-all-errors --max-time 30 "$address"
echo

ask "It is ready. Give all traffic to $version?"
gcloud app services set-traffic default --project="$project" --splits="$version=1" --quiet
gcloud app deploy deploy/cron.yaml --project="$project" --quiet
echo "Done. Watch the alarms of section 8; deploy/app-engine/back.sh gives the traffic back."
