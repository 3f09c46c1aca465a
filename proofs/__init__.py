"""The paper's claims as data, and the engines that discharge or refute them."""
