"""What all tests share: interrupts reach the processes that are to be interrupted.

A shell that runs the tests in the background makes them ignore SIGINT, and with them every process
that they start; a signal that is handled here has its default effect there.
"""

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
