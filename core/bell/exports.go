package bell

import (
	"context"
	"rentbell/core"
	"rentbell/core/export"
)

// PastExports returns the exports made from the window, oldest first. It reads
// the disk.
func (b *Bell) PastExports() ([]core.PastExport, error) { return b.exports.Past() }

// Export exports for the window. See ExportHistory.
func (b *Bell) Export(ctx context.Context, path string, q export.Query, progress func(done, total int)) (export.WrittenFiles, error) {
	return b.exports.Export(ctx, path, q, progress)
}

// StatementAccount is the account that exported statements are of. It is made when there
// is none yet.
func (b *Bell) StatementAccount() (core.StatementAccount, error) {
	return b.cfg.Store.MakeStatementAccount()
}

// ForgetExport makes what an export held count as new again. See ExportHistory.
func (b *Bell) ForgetExport(e core.PastExport) error { return b.exports.Forget(e) }
