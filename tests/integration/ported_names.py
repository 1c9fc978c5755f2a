"""Names that NautilusTrader has and that are here under the same path: none gets lost (`test_ported_names.py`)."""

MODULES: dict[str, str] = {
    "accounting.accounts.base": (
        "Account"
    ),
    "accounting.accounts.cash": (
        "CashAccount"
    ),
    "accounting.accounts.margin": (
        "MarginAccount"
    ),
    "accounting.error": (
        "AccountBalanceNegative AccountError AccountMarginExceeded"
    ),
    "accounting.factory": (
        "AccountFactory"
    ),
    "accounting.manager": (
        "AccountsManager"
    ),
    "accounting.margin_models": (
        "LeveragedMarginModel MarginModel StandardMarginModel"
    ),
    "analysis": (
        "Alpha AvgLoser AvgWinner BetaRatio CAGR CalmarRatio DownCaptureRatio Expectancy InformationRatio LongRatio "
        "MaxDrawdown MaxLoser MaxWinner MinLoser MinWinner PortfolioAnalyzer PortfolioStatistic ProfitFactor "
        "ReportProvider ReturnsAverage ReturnsAverageLoss ReturnsAverageWin ReturnsVolatility RiskReturnRatio SharpeRatio "
        "SortinoRatio TrackingError TreynorRatio UpCaptureRatio WinRate create_drawdown_chart create_equity_curve "
        "create_monthly_returns_heatmap create_returns_distribution create_rolling_sharpe create_tearsheet "
        "create_yearly_returns"
    ),
    "analysis.analyzer": (
        "PortfolioAnalyzer"
    ),
    "analysis.reporter": (
        "ReportProvider"
    ),
    "analysis.statistic": (
        "PortfolioStatistic"
    ),
    "analysis.tearsheet": (
        "create_drawdown_chart create_equity_curve create_monthly_returns_heatmap create_returns_distribution "
        "create_rolling_sharpe create_tearsheet create_yearly_returns"
    ),
    "backtest.config": (
        "BacktestDataConfig BacktestEngineConfig BacktestRunConfig BacktestVenueConfig FeeModelConfig FillModelConfig "
        "FixedFeeModelConfig ImportableFeeModelConfig ImportableFillModelConfig ImportableLatencyModelConfig "
        "LatencyModelConfig MakerTakerFeeModelConfig PerContractFeeModelConfig"
    ),
    "backtest.engine": (
        "BacktestEngine OrderMatchingEngine SimulatedExchange"
    ),
    "backtest.models": (
        "BestPriceFillModel CompetitionAwareFillModel FeeModel FillModel FixedFeeModel LatencyModel "
        "LimitOrderPartialFillModel MakerTakerFeeModel MarketHoursFillModel OneTickSlippageFillModel PerContractFeeModel "
        "ProbabilisticFillModel SizeAwareFillModel ThreeTierFillModel TwoTierFillModel VolumeSensitiveFillModel"
    ),
    "backtest.models.fee": (
        "FeeModel FixedFeeModel MakerTakerFeeModel PerContractFeeModel"
    ),
    "backtest.models.fill": (
        "BestPriceFillModel CompetitionAwareFillModel FillModel LimitOrderPartialFillModel MarketHoursFillModel "
        "OneTickSlippageFillModel ProbabilisticFillModel SizeAwareFillModel ThreeTierFillModel TwoTierFillModel "
        "VolumeSensitiveFillModel"
    ),
    "backtest.models.latency": (
        "LatencyModel"
    ),
    "backtest.modules": (
        "FXRolloverInterestModule SimulationModule"
    ),
    "backtest.node": (
        "BacktestNode"
    ),
    "backtest.results": (
        "BacktestResult"
    ),
    "cache": (
        "Cache"
    ),
    "cache.cache": (
        "Cache"
    ),
    "cache.config": (
        "CacheConfig"
    ),
    "common.actor": (
        "Actor"
    ),
    "common.component": (
        "Clock Component LiveClock Logger MessageBus Subscription TestClock Throttler TimeEvent TimeEventHandler "
        "init_logging"
    ),
    "common.config": (
        "ActorConfig ActorFactory ImportableActorConfig ImportableConfig InvalidConfiguration LoggingConfig "
        "NautilusConfig msgspec_decoding_hook msgspec_encoding_hook resolve_config_path resolve_path"
    ),
    "common.factories": (
        "OrderFactory"
    ),
    "common.messages": (
        "ShutdownSystem"
    ),
    "common.signal": (
        "generate_signal_class"
    ),
    "config": (
        "ActorConfig ActorFactory BacktestDataConfig BacktestEngineConfig BacktestRunConfig BacktestVenueConfig "
        "CacheConfig DataCatalogConfig DataEngineConfig ExecAlgorithmConfig ExecEngineConfig FillModelConfig "
        "FixedFeeModelConfig ImportableActorConfig ImportableConfig ImportableExecAlgorithmConfig "
        "ImportableFeeModelConfig ImportableFillModelConfig ImportableLatencyModelConfig ImportableStrategyConfig "
        "LatencyModelConfig LoggingConfig MakerTakerFeeModelConfig NautilusConfig OrderEmulatorConfig "
        "PerContractFeeModelConfig PortfolioConfig RiskEngineConfig StrategyConfig"
    ),
    "core.correctness": (
        "PyCondition"
    ),
    "core.data": (
        "Data"
    ),
    "core.datetime": (
        "dt_to_unix_nanos maybe_dt_to_unix_nanos unix_nanos_to_dt unix_nanos_to_iso8601"
    ),
    "core.message": (
        "Event"
    ),
    "core.uuid": (
        "UUID4"
    ),
    "data.aggregation": (
        "BarAggregator TickBarAggregator TimeBarAggregator ValueBarAggregator VolumeBarAggregator"
    ),
    "data.config": (
        "DataEngineConfig"
    ),
    "data.engine": (
        "DataEngine"
    ),
    "data.messages": (
        "DataCommand DataResponse RequestBars RequestData RequestInstrument RequestInstruments RequestQuoteTicks "
        "RequestTradeTicks SubscribeBars SubscribeFundingRates SubscribeIndexPrices SubscribeInstrument "
        "SubscribeInstrumentClose SubscribeInstrumentStatus SubscribeMarkPrices SubscribeOrderBook SubscribeQuoteTicks "
        "SubscribeTradeTicks UnsubscribeBars UnsubscribeOrderBook"
    ),
    "execution.algorithm": (
        "ExecAlgorithm"
    ),
    "execution.client": (
        "ExecutionClient"
    ),
    "execution.config": (
        "ExecAlgorithmConfig ExecEngineConfig ImportableExecAlgorithmConfig"
    ),
    "execution.emulator": (
        "OrderEmulator"
    ),
    "execution.engine": (
        "ExecutionEngine"
    ),
    "execution.messages": (
        "BatchCancelOrders CancelAllOrders CancelOrder ModifyOrder QueryOrder SubmitOrder SubmitOrderList TradingCommand"
    ),
    "indicators": (
        "AdaptiveMovingAverage ArcherMovingAveragesTrends AroonOscillator AverageTrueRange Bias BollingerBands "
        "ChandeMomentumOscillator CommodityChannelIndex DirectionalMovement DonchianChannel "
        "DoubleExponentialMovingAverage EfficiencyRatio ExponentialMovingAverage HullMovingAverage IchimokuCloud "
        "Indicator KeltnerChannel KeltnerPosition KlingerVolumeOscillator LinearRegression MovingAverage "
        "MovingAverageConvergenceDivergence MovingAverageFactory MovingAverageType OnBalanceVolume Pressure "
        "PsychologicalLine RateOfChange RelativeStrengthIndex RelativeVolatilityIndex SimpleMovingAverage SpreadAnalyzer "
        "Stochastics StochasticsDMethod Swings VariableIndexDynamicAverage VerticalHorizontalFilter VolatilityRatio "
        "VolumeWeightedAveragePrice WeightedMovingAverage WilderMovingAverage"
    ),
    "indicators.averages": (
        "AdaptiveMovingAverage DoubleExponentialMovingAverage ExponentialMovingAverage HullMovingAverage MovingAverage "
        "MovingAverageFactory MovingAverageType SimpleMovingAverage VariableIndexDynamicAverage WeightedMovingAverage "
        "WilderMovingAverage"
    ),
    "indicators.base": (
        "Indicator"
    ),
    "indicators.momentum": (
        "ChandeMomentumOscillator CommodityChannelIndex EfficiencyRatio PsychologicalLine RateOfChange "
        "RelativeStrengthIndex RelativeVolatilityIndex Stochastics StochasticsDMethod"
    ),
    "indicators.spread_analyzer": (
        "SpreadAnalyzer"
    ),
    "indicators.trend": (
        "ArcherMovingAveragesTrends AroonOscillator Bias DirectionalMovement IchimokuCloud LinearRegression "
        "MovingAverageConvergenceDivergence Swings"
    ),
    "indicators.volatility": (
        "AverageTrueRange BollingerBands DonchianChannel KeltnerChannel KeltnerPosition VerticalHorizontalFilter "
        "VolatilityRatio"
    ),
    "indicators.volume": (
        "KlingerVolumeOscillator OnBalanceVolume Pressure VolumeWeightedAveragePrice"
    ),
    "model": (
        "AccountBalance AccountId Bar BarSpecification BarType BookOrder ClientId ClientOrderId ComponentId Currency "
        "CustomData DataType ExecAlgorithmId FundingRateUpdate InstrumentClose InstrumentId InstrumentStatus "
        "MarginBalance MarkPriceUpdate Money OrderBook OrderBookDelta OrderBookDeltas OrderBookDepth10 OrderListId "
        "Position PositionId Price Quantity QuoteTick StrategyId Symbol TradeId TradeTick TraderId Venue VenueOrderId"
    ),
    "model.book": (
        "BookLevel OrderBook"
    ),
    "model.custom": (
        "customdataclass"
    ),
    "model.data": (
        "Bar BarAggregation BarSpecification BarType BookOrder CustomData DataType FundingRateUpdate IndexPriceUpdate "
        "InstrumentClose InstrumentStatus MarkPriceUpdate OrderBookDelta OrderBookDeltas OrderBookDepth10 QuoteTick "
        "TradeTick"
    ),
    "model.events": (
        "AccountState OrderAccepted OrderCancelRejected OrderCanceled OrderDenied OrderEmulated OrderEvent OrderExpired "
        "OrderFilled OrderInitialized OrderModifyRejected OrderPendingCancel OrderPendingUpdate OrderRejected "
        "OrderReleased OrderSubmitted OrderTriggered OrderUpdated PositionChanged PositionClosed PositionEvent "
        "PositionOpened"
    ),
    "model.events.account": (
        "AccountState"
    ),
    "model.events.order": (
        "OrderAccepted OrderCancelRejected OrderCanceled OrderDenied OrderEmulated OrderEvent OrderExpired OrderFilled "
        "OrderInitialized OrderModifyRejected OrderPendingCancel OrderPendingUpdate OrderRejected OrderReleased "
        "OrderSubmitted OrderTriggered OrderUpdated"
    ),
    "model.events.position": (
        "PositionChanged PositionClosed PositionEvent PositionOpened"
    ),
    "model.functions": (
        "account_type_from_str account_type_to_str aggregation_source_from_str aggregation_source_to_str "
        "aggressor_side_from_str aggressor_side_to_str asset_class_from_str asset_class_to_str bar_aggregation_from_str "
        "bar_aggregation_to_str book_action_from_str book_action_to_str book_type_from_str book_type_to_str "
        "contingency_type_from_str contingency_type_to_str currency_type_from_str currency_type_to_str "
        "instrument_class_from_str instrument_class_to_str instrument_close_type_from_str instrument_close_type_to_str "
        "liquidity_side_from_str liquidity_side_to_str market_status_action_from_str market_status_action_to_str "
        "oms_type_from_str oms_type_to_str option_kind_from_str option_kind_to_str order_side_from_str order_side_to_str "
        "order_status_from_str order_status_to_str order_type_from_str order_type_to_str position_side_from_str "
        "position_side_to_str price_type_from_str price_type_to_str record_flag_from_str record_flag_to_str "
        "time_in_force_from_str time_in_force_to_str trading_state_from_str trading_state_to_str "
        "trailing_offset_type_from_str trailing_offset_type_to_str trigger_type_from_str trigger_type_to_str"
    ),
    "model.identifiers": (
        "AccountId ClientId ClientOrderId ComponentId ExecAlgorithmId Identifier InstrumentId OrderListId PositionId "
        "StrategyId Symbol TradeId TraderId Venue VenueOrderId"
    ),
    "model.instruments": (
        "BinaryOption Cfd Commodity CryptoFuture CryptoOption CryptoPerpetual CurrencyPair Equity FuturesContract "
        "FuturesSpread IndexInstrument Instrument OptionContract OptionSpread PerpetualContract"
    ),
    "model.instruments.base": (
        "Instrument"
    ),
    "model.instruments.binary_option": (
        "BinaryOption"
    ),
    "model.instruments.cfd": (
        "Cfd"
    ),
    "model.instruments.commodity": (
        "Commodity"
    ),
    "model.instruments.crypto_future": (
        "CryptoFuture"
    ),
    "model.instruments.crypto_option": (
        "CryptoOption"
    ),
    "model.instruments.crypto_perpetual": (
        "CryptoPerpetual"
    ),
    "model.instruments.currency_pair": (
        "CurrencyPair"
    ),
    "model.instruments.equity": (
        "Equity"
    ),
    "model.instruments.futures_contract": (
        "FuturesContract"
    ),
    "model.instruments.futures_spread": (
        "FuturesSpread"
    ),
    "model.instruments.index": (
        "IndexInstrument"
    ),
    "model.instruments.option_contract": (
        "OptionContract"
    ),
    "model.instruments.option_spread": (
        "OptionSpread"
    ),
    "model.instruments.perpetual_contract": (
        "PerpetualContract"
    ),
    "model.objects": (
        "AccountBalance Currency MarginBalance Money Price Quantity"
    ),
    "model.orders": (
        "LimitIfTouchedOrder LimitOrder MarketIfTouchedOrder MarketOrder MarketToLimitOrder Order OrderList "
        "StopLimitOrder StopMarketOrder TrailingStopLimitOrder TrailingStopMarketOrder"
    ),
    "model.orders.base": (
        "Order"
    ),
    "model.orders.limit": (
        "LimitOrder"
    ),
    "model.orders.limit_if_touched": (
        "LimitIfTouchedOrder"
    ),
    "model.orders.list": (
        "OrderList"
    ),
    "model.orders.market": (
        "MarketOrder"
    ),
    "model.orders.market_if_touched": (
        "MarketIfTouchedOrder"
    ),
    "model.orders.market_to_limit": (
        "MarketToLimitOrder"
    ),
    "model.orders.stop_limit": (
        "StopLimitOrder"
    ),
    "model.orders.stop_market": (
        "StopMarketOrder"
    ),
    "model.orders.trailing_stop_limit": (
        "TrailingStopLimitOrder"
    ),
    "model.orders.trailing_stop_market": (
        "TrailingStopMarketOrder"
    ),
    "model.position": (
        "Position"
    ),
    "persistence.catalog": (
        "ParquetDataCatalog"
    ),
    "persistence.catalog.parquet": (
        "ParquetDataCatalog"
    ),
    "persistence.config": (
        "DataCatalogConfig"
    ),
    "persistence.loaders": (
        "CSVBarDataLoader CSVTickDataLoader ParquetBarDataLoader ParquetTickDataLoader"
    ),
    "persistence.wranglers": (
        "BarDataWrangler OrderBookDeltaDataWrangler QuoteTickDataWrangler TradeTickDataWrangler"
    ),
    "portfolio": (
        "Portfolio"
    ),
    "portfolio.config": (
        "PortfolioConfig"
    ),
    "portfolio.portfolio": (
        "Portfolio"
    ),
    "risk.config": (
        "RiskEngineConfig"
    ),
    "risk.engine": (
        "RiskEngine"
    ),
    "trading": (
        "Strategy Trader"
    ),
    "trading.config": (
        "ImportableStrategyConfig StrategyConfig StrategyFactory"
    ),
    "trading.strategy": (
        "Strategy"
    ),
    "trading.trader": (
        "Trader"
    ),
}

# By class: its module, and what can be read and called of it
MEMBERS: dict[str, tuple[str, str]] = {
    "Actor": (
        "common.actor",
        (
            "cache clock config degrade dispose fault fully_qualified_name has_pending_requests id indicators_initialized "
            "is_degraded is_disposed is_faulted is_initialized is_pending_request is_running is_stopped load log msgbus "
            "on_bar on_data on_degrade on_dispose on_event on_fault on_funding_rate on_historical_data on_index_price "
            "on_instrument on_instrument_close on_instrument_status on_load on_mark_price on_order_book "
            "on_order_book_deltas on_order_book_depth on_quote_tick on_reset on_resume on_save on_signal on_start on_stop "
            "on_trade_tick pending_requests portfolio publish_data publish_signal register_base "
            "register_indicator_for_bars register_indicator_for_quote_ticks register_indicator_for_trade_ticks "
            "registered_indicators request_bars request_data request_instrument request_instruments request_quote_ticks "
            "request_trade_ticks reset resume save shutdown_system start state stop subscribe_bars subscribe_data "
            "subscribe_funding_rates subscribe_index_prices subscribe_instrument subscribe_instrument_close "
            "subscribe_instrument_status subscribe_instruments subscribe_mark_prices subscribe_order_book_at_interval "
            "subscribe_order_book_deltas subscribe_order_book_depth subscribe_quote_ticks subscribe_signal "
            "subscribe_trade_ticks trader_id type unsubscribe_bars unsubscribe_data unsubscribe_funding_rates "
            "unsubscribe_index_prices unsubscribe_instrument unsubscribe_instrument_close unsubscribe_instrument_status "
            "unsubscribe_instruments unsubscribe_mark_prices unsubscribe_order_book_at_interval "
            "unsubscribe_order_book_deltas unsubscribe_order_book_depth unsubscribe_quote_ticks unsubscribe_trade_ticks"
        ),
    ),
    "BacktestEngine": (
        "backtest.engine",
        (
            "add_actor add_actors add_data add_exec_algorithm add_exec_algorithms add_instrument add_strategies "
            "add_strategy add_venue cache clear_data data dispose end get_result iteration kernel list_venues portfolio "
            "reset run sort_data trader trader_id"
        ),
    ),
    "BacktestNode": (
        "backtest.node",
        (
            "build dispose get_engine get_engines run"
        ),
    ),
    "BacktestResult": (
        "backtest.results",
        (
            ""
        ),
    ),
    "Bar": (
        "model.data.bars",
        (
            "bar_type close from_dict from_raw fully_qualified_name high is_revision is_signal is_single_price low open "
            "to_dict ts_event ts_init volume"
        ),
    ),
    "BarSpecification": (
        "model.data.bars",
        (
            "aggregation check_time_aggregated from_str from_timedelta get_interval_ns is_information_aggregated "
            "is_threshold_aggregated is_time_aggregated price_type step timedelta"
        ),
    ),
    "BarType": (
        "model.data.bars",
        (
            "aggregation_source composite from_str instrument_id is_composite is_externally_aggregated "
            "is_internally_aggregated is_standard new_composite spec standard"
        ),
    ),
    "Cache": (
        "cache.cache",
        (
            "account account_for_venue account_id accounts add add_account add_bar add_bars add_funding_rate "
            "add_index_price add_instrument add_instrument_status add_mark_price add_order add_order_list add_position "
            "add_position_id add_quote_tick add_quote_ticks add_trade_tick add_trade_ticks add_venue_order_id bar "
            "bar_capacity bar_count bar_types bars book_update_count check_integrity check_residuals clear_mark_xrate "
            "clear_mark_xrates client_order_id client_order_ids client_order_ids_closed client_order_ids_inflight "
            "client_order_ids_open exec_algorithm_ids exec_spawn_total_filled_qty exec_spawn_total_leaves_qty "
            "exec_spawn_total_quantity funding_rate funding_rate_count funding_rates get get_mark_xrate get_xrate "
            "has_bars has_funding_rates has_index_prices has_instrument_statuses has_mark_prices has_order_book "
            "has_quote_ticks has_trade_ticks index_price index_price_count index_prices instrument instrument_ids "
            "instrument_status instrument_status_count instrument_statuses instruments is_order_closed is_order_emulated "
            "is_order_inflight is_order_open is_position_closed is_position_open mark_price mark_price_count mark_prices "
            "order order_book order_exists order_list order_list_exists order_lists orders orders_closed "
            "orders_closed_count orders_emulated orders_emulated_count orders_for_exec_algorithm orders_for_exec_spawn "
            "orders_for_position orders_inflight orders_inflight_count orders_open orders_open_count orders_total_count "
            "position position_closed_ids position_exists position_for_order position_id position_ids position_open_ids "
            "position_snapshots positions positions_closed positions_closed_count positions_open positions_open_count "
            "positions_total_count price prices quote_tick quote_tick_count quote_ticks reset set_mark_xrate "
            "snapshot_position strategy_id_for_order strategy_id_for_position strategy_ids tick_capacity trade_tick "
            "trade_tick_count trade_ticks update_account update_order update_position venue_order_id"
        ),
    ),
    "CashAccount": (
        "accounting.accounts.cash",
        (
            "allow_borrowing apply balance balance_free balance_impact balance_locked balance_total balances "
            "balances_free balances_locked balances_total base_currency calculate_account_state calculate_balance_locked "
            "calculate_commission commission commissions currencies event_count events id is_cash_account "
            "is_margin_account is_unleveraged last_event starting_balances type"
        ),
    ),
    "Currency": (
        "model.currency",
        (
            "code currency_type from_internal_map from_str is_crypto is_fiat iso4217 name precision register"
        ),
    ),
    "CustomData": (
        "model.data.custom",
        (
            "data data_type fully_qualified_name is_signal ts_event ts_init"
        ),
    ),
    "DataType": (
        "model.data.custom",
        (
            "metadata topic type"
        ),
    ),
    "ExecAlgorithm": (
        "execution.algorithm",
        (
            "cache cancel_order clock config degrade dispose execute fault fully_qualified_name has_pending_requests id "
            "indicators_initialized is_degraded is_disposed is_faulted is_initialized is_pending_request is_running "
            "is_stopped load log modify_order modify_order_in_place msgbus on_bar on_data on_degrade on_dispose on_event "
            "on_fault on_funding_rate on_historical_data on_index_price on_instrument on_instrument_close "
            "on_instrument_status on_load on_mark_price on_order on_order_accepted on_order_book on_order_book_deltas "
            "on_order_book_depth on_order_cancel_rejected on_order_canceled on_order_denied on_order_emulated "
            "on_order_event on_order_expired on_order_filled on_order_initialized on_order_list on_order_modify_rejected "
            "on_order_pending_cancel on_order_pending_update on_order_rejected on_order_released on_order_submitted "
            "on_order_triggered on_order_updated on_position_changed on_position_closed on_position_event "
            "on_position_opened on_quote_tick on_reset on_resume on_save on_signal on_start on_stop on_trade_tick "
            "pending_requests portfolio publish_data publish_signal register_base register_indicator_for_bars "
            "register_indicator_for_quote_ticks register_indicator_for_trade_ticks registered_indicators request_bars "
            "request_data request_instrument request_instruments request_quote_ticks request_trade_ticks reset resume "
            "save shutdown_system spawn_limit spawn_market spawn_market_to_limit start state stop submit_order "
            "subscribe_bars subscribe_data subscribe_funding_rates subscribe_index_prices subscribe_instrument "
            "subscribe_instrument_close subscribe_instrument_status subscribe_instruments subscribe_mark_prices "
            "subscribe_order_book_at_interval subscribe_order_book_deltas subscribe_order_book_depth "
            "subscribe_quote_ticks subscribe_signal subscribe_trade_ticks trader_id type unsubscribe_bars "
            "unsubscribe_data unsubscribe_funding_rates unsubscribe_index_prices unsubscribe_instrument "
            "unsubscribe_instrument_close unsubscribe_instrument_status unsubscribe_instruments unsubscribe_mark_prices "
            "unsubscribe_order_book_at_interval unsubscribe_order_book_deltas unsubscribe_order_book_depth "
            "unsubscribe_quote_ticks unsubscribe_trade_ticks"
        ),
    ),
    "Indicator": (
        "indicators.base",
        (
            "handle_bar handle_quote_tick handle_trade_tick has_inputs initialized name reset"
        ),
    ),
    "Instrument": (
        "model.instruments.base",
        (
            "asset_class calculate_base_quantity fully_qualified_name get_base_currency get_cost_currency "
            "get_settlement_currency id info instrument_class is_inverse is_signal lot_size make_price make_qty maker_fee "
            "margin_init margin_maint max_notional max_price max_quantity min_notional min_price min_quantity multiplier "
            "next_ask_price next_ask_prices next_bid_price next_bid_prices notional_value price_increment price_precision "
            "quote_currency raw_symbol size_increment size_precision symbol taker_fee tick_scheme_name ts_event ts_init "
            "venue"
        ),
    ),
    "InstrumentId": (
        "model.identifiers",
        (
            "from_str is_synthetic symbol value venue"
        ),
    ),
    "MarginAccount": (
        "accounting.accounts.margin",
        (
            "apply balance balance_free balance_impact balance_locked balance_total balances balances_free "
            "balances_locked balances_total base_currency calculate_account_state calculate_commission "
            "calculate_margin_init calculate_margin_maint commission commissions currencies default_leverage event_count "
            "events id is_cash_account is_margin_account is_unleveraged last_event leverage leverages margin margin_init "
            "margin_maint margins margins_init margins_maint set_default_leverage set_leverage set_margin_model "
            "starting_balances type"
        ),
    ),
    "MessageBus": (
        "common.msgbus",
        (
            "deregister dispose endpoints has_subscribers is_pending_request is_subscribed pub_count publish register "
            "req_count request res_count response send sent_count subscribe subscriptions topics trader_id unsubscribe"
        ),
    ),
    "Money": (
        "model.objects",
        (
            "as_decimal as_double currency from_decimal from_raw from_str raw to_formatted_str"
        ),
    ),
    "Order": (
        "model.orders.base",
        (
            "account_id apply avg_px client_order_id closing_side commissions contingency_type emulation_trigger "
            "event_count events exec_algorithm_id exec_algorithm_params exec_spawn_id filled_qty has_activation_price "
            "has_price has_trigger_price info init_event init_id instrument_id is_active_local is_aggressive is_buy "
            "is_canceled is_child_order is_closed is_contingency is_duplicate_fill is_emulated is_inflight is_open "
            "is_parent_order is_passive is_pending_cancel is_pending_update is_post_only is_primary is_quote_quantity "
            "is_reduce_only is_sell is_spawned last_event last_trade_id leaves_qty linked_order_ids liquidity_side "
            "opposite_side order_list_id order_type parent_order_id position_id quantity side side_string "
            "signed_decimal_qty slippage status status_string strategy_id symbol tags tif_string time_in_force to_dict "
            "trade_ids trader_id trigger_instrument_id ts_accepted ts_closed ts_init ts_last ts_submitted type_string "
            "venue venue_order_id venue_order_ids would_reduce_only"
        ),
    ),
    "OrderBook": (
        "model.book.order_book",
        (
            "add apply apply_delta apply_deltas apply_depth asks best_ask_price best_ask_size best_bid_price "
            "best_bid_size bids book_type check_integrity clear clear_asks clear_bids delete get_avg_px_for_quantity "
            "get_quantity_for_price get_worst_px_for_quantity instrument_id midpoint pprint reset sequence spread "
            "to_quote_tick ts_last update update_count update_quote_tick update_trade_tick"
        ),
    ),
    "OrderBookDelta": (
        "model.data.book",
        (
            "action clear flags from_dict fully_qualified_name instrument_id is_add is_clear is_delete is_signal "
            "is_update order sequence to_dict ts_event ts_init"
        ),
    ),
    "OrderBookDeltas": (
        "model.data.book",
        (
            "deltas flags from_dict fully_qualified_name instrument_id is_signal is_snapshot sequence to_dict ts_event "
            "ts_init"
        ),
    ),
    "OrderFactory": (
        "common.factories",
        (
            "bracket create_list generate_client_order_id generate_order_list_id get_client_order_id_count "
            "get_order_list_id_count limit limit_if_touched market market_if_touched market_to_limit reset "
            "set_client_order_id_count set_order_list_id_count stop_limit stop_market strategy_id trader_id "
            "trailing_stop_limit trailing_stop_market use_hyphens_in_client_order_ids use_uuid_client_order_ids"
        ),
    ),
    "OrderFilled": (
        "model.events.order",
        (
            "account_id client_order_id commission currency id info instrument_id is_buy is_sell last_px last_qty "
            "liquidity_side order_side order_type position_id reconciliation strategy_id to_dict trade_id trader_id "
            "ts_event ts_init venue_order_id"
        ),
    ),
    "OrderList": (
        "model.orders.list",
        (
            "instrument_ids is_bracket is_uniform_instrument"
        ),
    ),
    "ParquetDataCatalog": (
        "persistence.catalog.parquet",
        (
            "bars custom_data from_env from_uri funding_rates get_intervals instrument_closes instrument_status "
            "instruments list_data_types list_generic_data_types order_book_deltas order_book_depth10 query "
            "query_first_timestamp query_last_timestamp quote_ticks trade_ticks write_data"
        ),
    ),
    "Portfolio": (
        "portfolio.portfolio",
        (
            "account analyzer balances_locked equity initialized is_completely_flat is_flat is_net_long is_net_short "
            "margins_init margins_maint mark_values missing_price_instruments net_exposure net_exposures net_position "
            "realized_pnl realized_pnls reset set_use_mark_prices set_use_mark_xrates total_pnl total_pnls unrealized_pnl "
            "unrealized_pnls update_account"
        ),
    ),
    "PortfolioAnalyzer": (
        "analysis.analyzer",
        (
            "add_position_return add_positions add_return add_trade calculate_statistics currencies deregister_statistic "
            "deregister_statistics get_performance_stats_general get_performance_stats_pnls "
            "get_performance_stats_portfolio_returns get_performance_stats_position_returns get_performance_stats_returns "
            "get_performance_stats_returns_vs_benchmark get_stats_general_formatted get_stats_pnls_formatted "
            "get_stats_portfolio_returns_formatted get_stats_position_returns_formatted get_stats_returns_formatted "
            "portfolio_returns position_returns realized_pnls record_trade register_statistic reset returns statistic "
            "total_pnl total_pnl_percentage"
        ),
    ),
    "Position": (
        "model.position",
        (
            "account_id apply avg_px_close avg_px_open base_currency calculate_pnl client_order_ids closing_order_id "
            "closing_order_side commissions duration_ns entry event_count events id instrument_class instrument_id "
            "is_closed is_inverse is_long is_open is_opposite_side is_short last_event last_trade_id multiplier "
            "notional_value opening_order_id peak_qty price_precision quantity quote_currency realized_pnl "
            "realized_return settlement_currency side side_from_order_side signed_decimal_qty signed_qty strategy_id "
            "symbol to_dict total_pnl trade_ids trader_id ts_closed ts_init ts_last ts_opened unrealized_pnl venue "
            "venue_order_ids"
        ),
    ),
    "Price": (
        "model.objects",
        (
            "as_decimal as_double from_decimal from_int from_raw from_str precision raw to_formatted_str"
        ),
    ),
    "Quantity": (
        "model.objects",
        (
            "as_decimal as_double from_decimal from_int from_raw from_str precision raw to_formatted_str zero"
        ),
    ),
    "QuoteTick": (
        "model.data.ticks",
        (
            "ask_price ask_size bid_price bid_size extract_price extract_size from_dict from_raw fully_qualified_name "
            "instrument_id is_signal to_dict ts_event ts_init"
        ),
    ),
    "Strategy": (
        "trading.strategy",
        (
            "cache cancel_all_orders cancel_gtd_expiry cancel_order cancel_orders change_id change_order_id_tag clock "
            "close_all_positions close_position config degrade dispose external_order_claims fault fully_qualified_name "
            "has_pending_requests id indicators_initialized is_degraded is_disposed is_exiting is_faulted is_initialized "
            "is_pending_request is_running is_stopped load log manage_contingent_orders manage_gtd_expiry market_exit "
            "modify_order msgbus oms_type on_bar on_data on_degrade on_dispose on_event on_fault on_funding_rate "
            "on_historical_data on_index_price on_instrument on_instrument_close on_instrument_status on_load "
            "on_mark_price on_market_exit on_order_accepted on_order_book on_order_book_deltas on_order_book_depth "
            "on_order_cancel_rejected on_order_canceled on_order_denied on_order_emulated on_order_event on_order_expired "
            "on_order_filled on_order_initialized on_order_modify_rejected on_order_pending_cancel "
            "on_order_pending_update on_order_rejected on_order_released on_order_submitted on_order_triggered "
            "on_order_updated on_position_changed on_position_closed on_position_event on_position_opened on_quote_tick "
            "on_reset on_resume on_save on_signal on_start on_stop on_trade_tick order_factory order_id_tag "
            "pending_requests portfolio post_market_exit publish_data publish_signal query_account query_order register "
            "register_base register_indicator_for_bars register_indicator_for_quote_ticks "
            "register_indicator_for_trade_ticks registered_indicators request_bars request_data request_instrument "
            "request_instruments request_quote_ticks request_trade_ticks reset resume save shutdown_system start state "
            "stop submit_order submit_order_list subscribe_bars subscribe_data subscribe_funding_rates "
            "subscribe_index_prices subscribe_instrument subscribe_instrument_close subscribe_instrument_status "
            "subscribe_instruments subscribe_mark_prices subscribe_order_book_at_interval subscribe_order_book_deltas "
            "subscribe_order_book_depth subscribe_quote_ticks subscribe_signal subscribe_trade_ticks trader_id type "
            "unsubscribe_bars unsubscribe_data unsubscribe_funding_rates unsubscribe_index_prices unsubscribe_instrument "
            "unsubscribe_instrument_close unsubscribe_instrument_status unsubscribe_instruments unsubscribe_mark_prices "
            "unsubscribe_order_book_at_interval unsubscribe_order_book_deltas unsubscribe_order_book_depth "
            "unsubscribe_quote_ticks unsubscribe_trade_ticks use_hyphens_in_client_order_ids use_uuid_client_order_ids"
        ),
    ),
    "Symbol": (
        "model.identifiers",
        (
            "is_composite root topic value"
        ),
    ),
    "TestClock": (
        "common.clock",
        (
            "advance_time cancel_timer cancel_timers local_now next_time_ns register_default_handler set_time "
            "set_time_alert set_time_alert_ns set_timer set_timer_ns timer_count timer_names timestamp timestamp_ms "
            "timestamp_ns timestamp_us utc_now"
        ),
    ),
    "TimeEvent": (
        "common.clock",
        (
            "id name ts_event ts_init"
        ),
    ),
    "TradeTick": (
        "model.data.ticks",
        (
            "aggressor_side from_dict from_raw fully_qualified_name instrument_id is_signal price size to_dict trade_id "
            "ts_event ts_init"
        ),
    ),
    "Trader": (
        "trading.trader",
        (
            "actor_ids actor_states actors add_actor add_actors add_exec_algorithm add_strategies add_strategy dispose "
            "exec_algorithms generate_account_report generate_fills_report generate_order_fills_report "
            "generate_orders_report generate_positions_report reset start stop strategies strategy_ids strategy_states"
        ),
    ),
    "Venue": (
        "model.identifiers",
        (
            "value"
        ),
    ),
}
