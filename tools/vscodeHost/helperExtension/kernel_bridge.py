"""Drives one ipykernel for the helper extension, with JSON lines on stdin and stdout.

In:  {"op": "execute", "id": 1, "code": "..."}, {"op": "interrupt"}, {"op": "restart"}.
     End of input ends the kernel.
Out: {"event": "ready"}, {"event": "restarted"}, {"event": "done", "id", "status",
     "execution_count"}, {"event": "output", "id", "type", "content"} where type and content are
     those of the Jupyter messaging protocol (execute_input, stream, display_data,
     update_display_data, execute_result, error, clear_output), and
     {"event": "died", "reason"}.
"""

import asyncio
import json
import sys
import threading

from jupyter_client.manager import AsyncKernelManager

OUTPUTS = {
    "execute_input",
    "stream",
    "display_data",
    "update_display_data",
    "execute_result",
    "error",
    "clear_output",
}


def send(**message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


class Bridge:
    async def start(self):
        self.manager = AsyncKernelManager(kernel_name="python3")
        # This interpreter, whatever kernel specification of that name the machine has.
        self.manager.kernel_spec.argv[0] = sys.executable
        await self.manager.start_kernel()
        self.tasks = []
        await self.connect()

    async def connect(self):
        self.requests = {}
        self.replies = {}
        self.idle = set()
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=60)
        self.tasks = [
            asyncio.ensure_future(work())
            for work in (self.listen_iopub, self.listen_shell, self.watch)
        ]

    def disconnect(self):
        for task in self.tasks:
            task.cancel()
        self.client.stop_channels()

    def execute(self, request_id, code):
        self.requests[self.client.execute(code, allow_stdin=False)] = request_id

    async def restart(self):
        self.disconnect()
        abandoned = list(self.requests.values())
        await self.manager.restart_kernel(now=True)
        await self.connect()
        for request_id in abandoned:
            send(event="done", id=request_id, status="aborted", execution_count=None)
        send(event="restarted")

    async def listen_iopub(self):
        while True:
            message = await self.client.get_iopub_msg()
            parent = message["parent_header"].get("msg_id")
            if parent not in self.requests:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind in OUTPUTS:
                send(event="output", id=self.requests[parent], type=kind, content=content)
            elif kind == "status" and content["execution_state"] == "idle":
                self.idle.add(parent)
                self.complete(parent)

    async def listen_shell(self):
        while True:
            message = await self.client.get_shell_msg()
            parent = message["parent_header"].get("msg_id")
            if message["msg_type"] == "execute_reply" and parent in self.requests:
                self.replies[parent] = message["content"]
                self.complete(parent)

    def complete(self, parent):
        """A cell is done when its reply and its last output (the idle status) are both in."""
        if parent not in self.idle or parent not in self.replies:
            return
        self.idle.discard(parent)
        reply = self.replies.pop(parent)
        send(
            event="done",
            id=self.requests.pop(parent),
            status=reply["status"],
            execution_count=reply.get("execution_count"),
        )

    async def watch(self):
        while await self.manager.is_alive():
            await asyncio.sleep(0.5)
        send(event="died", reason="the kernel process ended")

    async def stop(self):
        self.disconnect()
        await self.manager.shutdown_kernel(now=True)


async def read_lines():
    """Standard input line by line; a thread, because Windows has no asynchronous pipes for it."""
    loop = asyncio.get_running_loop()
    lines = asyncio.Queue()

    def read():
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


async def main():
    bridge = Bridge()
    try:
        await bridge.start()
    except Exception as error:
        send(event="died", reason=f"{type(error).__name__}: {error}")
        return
    send(event="ready")
    try:
        async for line in read_lines():
            request = json.loads(line)
            if request["op"] == "execute":
                bridge.execute(request["id"], request["code"])
            elif request["op"] == "interrupt":
                await bridge.manager.interrupt_kernel()
            elif request["op"] == "restart":
                await bridge.restart()
    finally:
        await bridge.stop()


if sys.platform == "win32":
    # ZeroMQ needs a loop that can watch sockets.
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
asyncio.run(main())
