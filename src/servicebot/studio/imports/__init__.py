"""What other programs have, as files of a draft: training files of Rasa, questions with answers."""
