# Apart from the other enums: two enums with a member of the same name (DAY) cannot share a C scope.
cpdef enum TimeInForce:
    GTC = 1
    IOC = 2
    FOK = 3
    GTD = 4
    DAY = 5
    AT_THE_OPEN = 6
    AT_THE_CLOSE = 7
