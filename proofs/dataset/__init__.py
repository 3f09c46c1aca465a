"""The condition number of the depth-L kernels on a data set, certified."""
