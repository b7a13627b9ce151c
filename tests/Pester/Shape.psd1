# What does not count when lines that a page shows are compared with lines that came: replaced in this order, upper and lower case alike, after spaces at both ends are gone.
# Both shells use it: ExamplePages.psm1 here, tests/Cmdlet.Tests/Examples in the stand-in.
@{
    Rules = @(
        # Spaces, and the length of the lines under headings.
        @{ Find = '\s+'; Put = ' ' }
        @{ Find = '-{3,}|(?<= |^)--(?= |$)'; Put = '--' }
        # Addresses that are chosen at random, times, device nodes, inodes.
        @{ Find = '\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b'; Put = 'MAC' }
        @{ Find = '\bfe80::[0-9a-f:]{5,}'; Put = 'LINKLOCAL' }
        @{ Find = '\b\d+/\d+/\d{4} '; Put = '' }
        @{ Find = '\b\d\d:\d\d(:\d\d(\.\d+)?)?(?![\w:])'; Put = 'TIME' }
        @{ Find = '/dev/tap\d+'; Put = '/dev/tapN' }
        @{ Find = '(?<=/)\d{6,}(?=/)'; Put = 'N' }
        @{ Find = '/tap\d+\b'; Put = '/tapN' }
        # Indexes, process ids, counters: any number that is not part of a word or an address; and the ids of nodes of a topology, which are made of them.
        @{ Find = '\b[nx]\d_\d+(_p\d+)?\b'; Put = 'NODE' }
        @{ Find = '(?<![\w.:/-])\d+(\.\d+)?(?![\w:/-]|\.\d)'; Put = 'N' }
        @{ Find = '(?<=duration=)[\d.]+'; Put = 'N' }
        # Where the example ran, and what follows a moment later.
        @{ Find = '/tmp/mvtt-\d+-example'; Put = '/run' }
        @{ Find = '\bTentative, '; Put = '' }
        # Names that libvirt chooses.
        @{ Find = '\b(testnet|vnet)\d+'; Put = 'vnetN' }
        # Who may look into which process depends on the host.
        @{ Find = '^WARNING: Some processes could not be looked into.*'; Put = '' }
    )
}
