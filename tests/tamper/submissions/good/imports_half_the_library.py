import asyncio
import collections
import contextlib
import dataclasses
import enum
import functools
import heapq
import inspect
import itertools
import logging
import math
import multiprocessing
import operator
import os
import pathlib
import random
import socket
import statistics
import subprocess
import tempfile
import time
import traceback
import typing
import unittest
import warnings


Point = collections.namedtuple("Point", "x y")
HERE = pathlib.Path(__file__).parent
logging.basicConfig(level=logging.DEBUG)
