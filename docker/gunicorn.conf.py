"""How the container serves: behind a proxy that ends TLS."""

import os

bind = "0.0.0.0:8000"
worker_class = "clinic.core.buffered_worker.BufferedWorker"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True
worker_tmp_dir = "/dev/shm"
graceful_timeout = 20
control_socket_disable = True
# No access log: addresses of pages name clients by number, and the audit trail says who read what.
accesslog = None
