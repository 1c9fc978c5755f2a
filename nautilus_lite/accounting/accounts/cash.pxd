from nautilus_lite.accounting.accounts.base cimport Account


cdef class CashAccount(Account):
    pass
