"""The access log: every act and every view, in one sequence that outsiders can verify."""
