"""How gunicorn serves the portal: `gunicorn -c python:supervision.config.gunicorn_settings`."""

import os
import socket
import struct
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.config.settings")

from supervision.config.settings import env
from supervision.operations.process_locks import lock_while_running

wsgi_app = "supervision.config.wsgi"
bind = f"{env.str('HOST', default='127.0.0.1')}:{env.int('PORT', default=8000)}"
workers = env.int("WEB_CONCURRENCY", default=2)
# A connection takes a thread until its request is read whole, and phones in the mountains are
# slow: many threads, and none waits for a silent one for long.
threads = 16
timeout = 60
graceful_timeout = 20
loglevel = "warning"
control_socket_disable = True

SILENT_SECONDS = 20


def post_worker_init(worker: Any) -> None:
    """Tell the others that the portal runs, and give up connections that fall silent."""
    worker.running = lock_while_running()
    for listener in worker.sockets:  # what it accepts inherits the time
        listener.sock.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SILENT_SECONDS, 0)
        )
