"""From a customer's words to ranked topics, slots and a band.

Reading order: understand.py tells the story; normalize.py and language.py prepare the text;
features.py cuts it into hashed pieces; retrieve_answer.py and classify_intent.py score every
topic; confidence.py turns the scores into one calibrated probability and a band;
extract_slots.py reads amounts, dates and names beside them; microbatch.py runs it all in a thread.
"""
