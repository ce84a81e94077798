import sys

seen = []
sys.settrace(lambda frame, event, argument: seen.append(frame.f_locals))
