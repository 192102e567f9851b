package sandbox

// The parts of a Space that faults are planned for.
const (
	partKeys     = "keys"
	partDatabase = "database"
	partReports  = "reports"
)

// FailKeys answers the next n questions for the key set with f: a Status when it
// is down, a Status 200 with a Body for garbage, Slow or Hang.
func (s *Space) FailKeys(n int, f Fault) { s.moods.plan(partKeys, n, f) }

// FailDatabase answers the next n reads of the Database API with f.
func (s *Space) FailDatabase(n int, f Fault) { s.moods.plan(partDatabase, n, f) }

// FailReports answers the next n reads of the Reports API with f.
func (s *Space) FailReports(n int, f Fault) { s.moods.plan(partReports, n, f) }

// KeyReads counts the questions for the key set, whatever came of them.
func (s *Space) KeyReads() int { return s.moods.count(partKeys) }

// DatabaseReads counts the reads of the Database API, the refused among them.
func (s *Space) DatabaseReads() int { return s.moods.count(partDatabase) }

// ReportReads counts the reads of the Reports API, the refused among them.
func (s *Space) ReportReads() int { return s.moods.count(partReports) }

// ForgeDoorbells signs the next n attempts for another body than they carry.
func (s *Space) ForgeDoorbells(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgings += n
}
