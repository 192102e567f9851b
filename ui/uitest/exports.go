package uitest

import "rentbell/core"

// PastExports returns three exports, oldest first. The first, to Xero, has no
// folder, as older versions stored it.
func PastExports() []core.PastExport {
	may := core.PastExport{
		At: Day(2, 9, 12).UTC(), From: On(2026, 5, 1), To: On(2026, 5, 31), Format: core.FormatXero,
		Rows: 44, Total: 6_120_550, LastSeq: 20, File: "Rentbell payments 2026-05.csv",
	}
	june := core.PastExport{
		At: Day(16, 17, 5).UTC(), From: On(2026, 6, 1), To: On(2026, 6, 30), Format: core.FormatQuickBooks,
		Rows: 39, Total: 5_400_000, LastSeq: 40, File: "Rentbell payments 2026-06.csv", Dir: "/home/morgan/Documents/Rentbell exports",
	}
	late := core.PastExport{
		At: Day(17, 8, 3).UTC(), From: On(2026, 6, 15), To: On(2026, 6, 15), Format: core.FormatQuickBooks,
		Rows: 1, Total: 145_000, LastSeq: 41, File: "Rentbell payments new 2026-06-17 08.03.csv", Dir: "/home/morgan/Documents/Rentbell exports",
	}
	return []core.PastExport{may, june, late}
}
