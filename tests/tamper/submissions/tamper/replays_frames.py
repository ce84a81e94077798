import socket

_kmeans = kmeans
_sent = []
_sendmsg = socket.socket.sendmsg


def sendmsg(self, buffers, *arguments):
    _sent.append([bytes(buffer) for buffer in buffers])
    return _sendmsg(self, _sent[0], *arguments)


socket.socket.sendmsg = sendmsg
