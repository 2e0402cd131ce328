"""The steps of an early repayment, in order: amount, agree_terms, step_up, pay."""
