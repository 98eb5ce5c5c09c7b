"""Questions and answers: filters go in, frozen answers come out."""
