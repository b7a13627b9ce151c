@{
    RootModule           = 'Tour.Frames.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '3f0b6a54-7f3b-4d2a-9a41-0d7f6d7c3c2e'
    Author               = 'MacvtapTools contributors'
    Copyright            = '(c) MacvtapTools contributors. MIT licence.'
    Description          = 'Single Ethernet frames through tap devices, for the tour of MacvtapTools.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('Tour.Frames.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @('Close-TourDevice', 'Get-TourIndex', 'Open-TourDevice', 'Send-TourFrame')
}
