"""What `make audit` is made of: a host, the Nu HTML checker, Lighthouse, and a report in French."""
