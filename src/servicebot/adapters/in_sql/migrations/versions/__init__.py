"""The revisions. One that was released is never changed; a new one goes on from the newest."""
