def test_x(make_desk, pair):
    from nautilus_lite.analysis import ReportProvider as R
    from nautilus_lite.model.enums import OrderSide
    d=make_desk(); p=d.add(pair("EUR/USD"),"1.10000")
    d.trade(p,OrderSide.BUY,1000,"1.10000","1.39 USD"); d.clock.advance_time(10**9) if hasattr(d.clock,"advance_time") else None
    d.trade(p,OrderSide.SELL,1000,"1.20000","1.39 USD")
    d.trade(p,OrderSide.SELL,1000,"1.20000","1.39 USD")
    os=d.cache.orders()
    import pandas as pd
    pd.set_option("display.width",250,"display.max_columns",None)
    for f in (R.generate_orders_report(os),R.generate_order_fills_report(os),R.generate_fills_report(os),R.generate_positions_report(d.cache.positions(),[s for x in d.cache.positions() for s in d.cache.position_snapshots(x.id)]),R.generate_account_report(d.account)):
        print(f.T)
    from nautilus_lite.analysis import PortfolioAnalyzer
    a=PortfolioAnalyzer(); a.calculate_statistics(d.account,[s for x in d.cache.positions() for s in d.cache.position_snapshots(x.id)]+d.cache.positions())
    print(a.get_stats_pnls_formatted(),a.get_stats_returns_formatted(),a.get_stats_general_formatted(),a.returns(),a.realized_pnls(),d.clock)
    print(dir(d.clock))
