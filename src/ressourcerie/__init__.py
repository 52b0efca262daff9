"""La Ressourcerie: typed resources become checks, a website and paper."""
