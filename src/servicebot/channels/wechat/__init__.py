"""The WeChat Official Account in safe mode: pushes come in, replies go out.

A push is answered in the platform's own response where the turn is quick enough (the passive
reply, which costs no quota); everything else goes through the customer-service interface.
"""
