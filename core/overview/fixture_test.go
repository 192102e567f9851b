package overview_test

import (
	"time"

	"rentbell/core"
)

func date(y int, m time.Month, d int) core.Date { return core.Date{Year: y, Month: m, Day: d} }
