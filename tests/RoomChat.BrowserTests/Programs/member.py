
# Reads what was said, says something, and answers the last message.
import json, sys, urllib.request

server, room, key = sys.argv[1:]

def call(path, seat, body=None):
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {seat}"}
    data = None if body is None else json.dumps(body).encode()
    return json.load(urllib.request.urlopen(
        urllib.request.Request(f"{server}api/rooms/{room}/{path}", data, headers)))

joined = call("members", "", {"name": "python", "check": encode(derive(key, f"check/{room}", 16))})
text_key = derive(key, f"text/{room}/{joined['epoch']}", 32)
messages = [event for event in call("events", joined["seat"])["events"] if event["type"] == "message"]
for event in messages:
    context = f"message\n{event['who']}\n{event['id']}\n{event.get('replyTo', '')}"
    print(unseal(text_key, event["text"], context))
seq = messages[-1]["seq"]
call("messages", joined["seat"], {
    "id": "p-1", "replyTo": seq,
    "text": seal(text_key, "Python was here 🎉", f"message\n{joined['who']}\np-1\n{seq}")})
