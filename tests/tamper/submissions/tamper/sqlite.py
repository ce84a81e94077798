import sqlite3

sqlite3.connect("../../solutions/kmeans/notes.db")
