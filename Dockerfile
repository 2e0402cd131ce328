# The same steps as `make setup`, without the development tools.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# torch first and pinned: a looser range takes a CUDA build of several gigabytes.
RUN pip install torch==2.13.0
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY src ./src
RUN pip install --constraint constraints.txt .

COPY knowledge_base ./knowledge_base
COPY intents ./intents
RUN useradd --create-home --uid 10001 servicebot \
 && mkdir -p /app/var/fitted && chown -R servicebot /app/var
USER servicebot
VOLUME /app/var

# Listening beyond loopback needs SERVICEBOT_WEB_API_TOKEN; the server says so when it is missing.
ENV SERVICEBOT_WEB_HOST=0.0.0.0 SERVICEBOT_WEB_PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
CMD ["servicebot", "serve"]
