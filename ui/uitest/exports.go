package uitest

import "rentbell/core"

// PastExports returns three exports, oldest first. The first, to Xero, has no folder
// and cannot be made again, as older versions stored it.
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
	june.Recipe = core.Recipe{SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Files: 1}
	late.Recipe = core.Recipe{SHA256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", Files: 1, AfterSeq: 40}
	return []core.PastExport{may, june, late}
}
